"""The deployment's description: Terraform and checkov, as `make infra` runs them, and what they do not see."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from layers.config import Settings

_ROOT = Path(__file__).parents[2]
_TERRAFORM = _ROOT / "infra/terraform"
_UNAVAILABLE = 3
_TIMEOUT_S = 420
"""The first time a provider and checkov are fetched; later the longest takes half a minute."""


def run(script: str, *arguments: str) -> str:
    """Run a script of tools/; skip with its reason where what it needs cannot be had."""
    command = ["sh", str(_ROOT / "tools" / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=_ROOT, timeout=_TIMEOUT_S, check=False)
    if done.returncode == _UNAVAILABLE:
        pytest.skip(f"{script}: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def sources() -> dict[Path, str]:
    """Every Terraform file."""
    return {path: path.read_text() for path in sorted(_TERRAFORM.rglob("*.tf"))}


@pytest.mark.timeout(_TIMEOUT_S)
def test_files_are_formatted() -> None:
    run("terraform.sh", "fmt")


@pytest.mark.timeout(_TIMEOUT_S)
@pytest.mark.parametrize("root", ["dev", "prod"])
def test_a_root_is_valid_plans_and_passes_its_tests(root: str) -> None:
    said = run("terraform.sh", "check", root)
    assert "The configuration is valid." in said
    [passed] = re.findall(r"Success! (\d+) passed, 0 failed\.", said)
    assert int(passed) == sum(path.read_text().count("\nrun ") for path in _TERRAFORM.glob(f"envs/{root}/tests/*.hcl"))


@pytest.mark.timeout(_TIMEOUT_S)
def test_checkov_finds_nothing() -> None:
    run("terraform-checkov.sh")


def test_a_check_that_is_skipped_has_its_reason() -> None:
    skips = [(path, line) for path, text in sources().items() for line in text.splitlines() if "checkov:skip" in line]
    assert skips
    for path, line in skips:
        assert re.search(r"# checkov:skip=CKV2?_AWS_\d+:\S.{8,}", line), f"{path}: {line.strip()}"


def test_readmes_are_up_to_date() -> None:
    command = ["python3", str(_ROOT / "tools/terraform_docs.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_inputs_and_outputs_are_typed_and_described() -> None:
    for path, text in sources().items():
        for kind, name, body in re.findall(r'^(variable|output) "(\w+)" \{\n(.*?)^\}$', text, re.MULTILINE | re.DOTALL):
            assert re.search(r"^  description\s*= ", body, re.MULTILINE), f"{path}: {kind} {name} has no description"
            assert kind == "output" or re.search(r"^  type\s*= ", body, re.MULTILINE), (
                f"{path}: variable {name} has no type"
            )


def test_settings_that_the_deployment_sets_exist() -> None:
    known = {f"CIRRUSGRAM_{name.upper()}" for name in Settings.model_fields} | {"CIRRUSGRAM_NAMESPACE"}
    named = {name for text in sources().values() for name in re.findall(r"CIRRUSGRAM_[A-Z_]*[A-Z]", text)}
    assert named <= known
    assert len(named) > 10


def test_metrics_of_our_own_are_those_that_functions_write() -> None:
    source = (_ROOT / "layers/aws_telemetry.py").read_text() + (_ROOT / "functions/aws.py").read_text()
    written = set(re.findall(r'(?:add_metric|count)\("(\w+)"', source))
    observability = "".join(path.read_text() for path in (_TERRAFORM / "modules/observability").glob("*.tf"))
    used = set(re.findall(r'namespace\s*= "Cirrusgram", metric = "(\w+)"', observability))
    used |= set(re.findall(r'\["Cirrusgram", "(\w+)"', observability))
    assert used
    assert used <= written


def test_session_settings_of_the_proxy_are_those_of_the_driver() -> None:
    """They differ: then every connection is pinned to its client, and the proxy is of no use."""
    driver = (_ROOT / "layers/database/drivers.py").read_text()
    [lock_wait_s] = re.findall(r"_LOCK_WAIT_TIMEOUT_S: Final = (\d+)", driver)
    [isolation] = re.findall(r'"(SET SESSION TRANSACTION ISOLATION LEVEL [A-Z ]+)"', driver)
    [mode] = re.findall(r"sql_mode='([A-Z_,]+)'", driver)
    proxy = (_TERRAFORM / "modules/data/database.tf").read_text()
    assert isolation in proxy
    assert f"sql_mode='{mode}', innodb_lock_wait_timeout={lock_wait_s}, lock_wait_timeout={lock_wait_s}" in proxy


def test_no_lock_of_a_stand_in_and_no_state_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files", "infra"], capture_output=True, text=True, cwd=_ROOT, check=True).stdout
    assert not re.search(r"\.terraform/|tfstate|backend\.hcl$|\.auto\.tfvars", listed)
    for lock in re.findall(r".*\.terraform\.lock\.hcl", listed):
        # A registry's lock has checksums of every platform's archive.
        assert "zh:" in (_ROOT / lock).read_text(), f"{lock} is a stand-in's"


@pytest.mark.parametrize("script", ["terraform.sh", "terraform-secrets.sh", "terraform-checkov.sh"])
def test_scripts_are_posix(script: str) -> None:
    subprocess.run(["sh", "-n", str(_ROOT / "tools" / script)], check=True, env={"PATH": os.environ["PATH"]})
