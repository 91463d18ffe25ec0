"""Apache Kafka itself, one node without ZooKeeper, for the tests that also run on it where Maven and Java are there.

Its jars are fetched once with `mvn dependency:copy-dependencies` into the user's cache folder.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import uuid
from pathlib import Path
from typing import Any, Final

from localstack.process import PartFailed, Process, free_port, run, tail

VERSION: Final = "3.9.1"
_SCALA: Final = "2.13"
_LOGGING: Final = ("org.slf4j", "slf4j-reload4j", "1.7.36")
FETCH_DEADLINE_S: Final = 180
_HEAP: Final = "-Xmx512m"

_POM: Final = """<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>broker</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>{dependencies}</dependencies>
</project>
"""
_DEPENDENCY: Final = "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version></dependency>"
_LOG4J: Final = """log4j.rootLogger=WARN, console
log4j.appender.console=org.apache.log4j.ConsoleAppender
log4j.appender.console.layout=org.apache.log4j.PatternLayout
log4j.appender.console.layout.ConversionPattern=%d %p %m (%c)%n
"""
# Topics are ours to create, and a broker that comes back after a crash must not wait for its own old session to end.
_PROPERTIES: Final = """process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
log.dirs={logs}
auto.create.topics.enable=false
default.replication.factor=1
min.insync.replicas=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=500
"""


def cache_folder() -> Path:
    """Where downloads are kept between runs."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cirrusgram"


def install(*, deadline_s: float = FETCH_DEADLINE_S) -> Path:
    """The folder of Kafka's jars, fetched when it is not there yet.

    Raises:
        PartFailed: Java or Maven is missing, or the download failed or took too long; the text is one line.
    """
    folder = cache_folder() / f"kafka-{VERSION}"
    if shutil.which("java") is None:
        raise PartFailed("java is not installed")
    if folder.exists():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise PartFailed("mvn is not installed")
    work = folder.with_name(f"{folder.name}.{os.getpid()}")
    work.mkdir(parents=True)
    try:
        wanted = (("org.apache.kafka", f"kafka_{_SCALA}", VERSION), _LOGGING)
        dependencies = "".join(_DEPENDENCY.format(*names) for names in wanted)
        (work / "pom.xml").write_text(_POM.format(dependencies=dependencies))
        command = [maven, "-q", "-B", "-f", str(work / "pom.xml"), "dependency:copy-dependencies"]
        with (work / "mvn.log").open("wb") as log:
            done = subprocess.run(
                [*command, f"-DoutputDirectory={work / 'jars'}"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                timeout=deadline_s,
                check=False,
            )
        if done.returncode:
            said = tail(work / "mvn.log").strip().splitlines() or ["no output"]
            raise PartFailed(f"Maven could not fetch it ({said[0][:200]})")
        (work / "jars").rename(folder)
    except subprocess.TimeoutExpired as error:
        raise PartFailed(f"Maven took longer than {deadline_s:.0f} s to fetch it") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return folder


def apache_kafka(folder: Path, *, port: int | None = None) -> Process:
    """A broker as `kafka://127.0.0.1:PORT/`, its logs on disk.

    Raises:
        PartFailed: it cannot be installed here.
    """
    jars = install()
    port = free_port(port)
    folder.mkdir(parents=True, exist_ok=True)
    properties = folder / "server.properties"
    properties.write_text(_PROPERTIES.format(port=port, controller=free_port(), logs=folder / "logs"))
    log4j = folder / "log4j.properties"
    log4j.write_text(_LOG4J)
    java = [shutil.which("java") or "java", _HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    java += [f"-Dlog4j.configuration=file:{log4j}", "-cp", f"{jars}/*"]
    # Base64 as Kafka writes ids; a fixed first byte keeps it from looking like an option.
    cluster_id = base64.urlsafe_b64encode(b"\0" + uuid.uuid4().bytes[1:]).decode().rstrip("=")
    run([*java, "kafka.tools.StorageTool", "format", "-t", cluster_id, "-c", str(properties), "--ignore-formatted"])

    def is_ready() -> None:
        from confluent_kafka.admin import AdminClient

        silent: dict[str, Any] = {"bootstrap.servers": f"127.0.0.1:{port}", "log_level": 0, "error_cb": lambda _: None}
        if not AdminClient(silent).list_topics(timeout=2).brokers:
            raise PartFailed("the broker is fenced still")

    return Process(
        "apache-kafka", f"kafka://127.0.0.1:{port}/", folder, [*java, "kafka.Kafka", str(properties)], is_ready
    )
