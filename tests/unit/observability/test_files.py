"""Dashboards, alert rules and runbooks: they name metrics that exist, and each alarm has its page."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.observability import dashboards
from layers import measures

_ROOT = Path(__file__).parents[3]
_ALERTS = _ROOT / "infra/observability/alerts.yml"
_RUNBOOKS = _ROOT / "docs/runbooks"
_TERRAFORM = _ROOT / "infra/terraform/modules/observability"
_OF_PROMETHEUS = {
    "up",
    "process_cpu_seconds_total",
    "process_resident_memory_bytes",
    "process_open_fds",
    "process_max_fds",
}
_WORD = re.compile(r"\b(?:cirrusgram|process)_[a-z_]+\b")


def exposed() -> set[str]:
    """Names of the time series that a node exposes."""
    names = set(_OF_PROMETHEUS)
    for name, metric in measures.CATALOG.by_name.items():
        names |= {f"{name}_bucket", f"{name}_count", f"{name}_sum"} if metric.kind == "histogram" else {name}
    return names


def labels() -> set[str]:
    """Names of labels that a node's series have."""
    return {label for metric in measures.CATALOG.by_name.values() for label in metric.labels} | {
        "instance",
        "job",
        "le",
    }


def rules() -> list[dict[str, Any]]:
    """The alert rules."""
    [group] = yaml.safe_load(_ALERTS.read_text())["groups"]
    return list(group["rules"])


def boards() -> list[dict[str, Any]]:
    """The dashboards."""
    return [json.loads(path.read_text()) for path in sorted(dashboards.FOLDER.glob("*.json"))]


def expressions() -> dict[str, str]:
    """Where it stands → a PromQL expression."""
    found = {rule["alert"]: rule["expr"] for rule in rules()}
    for board in boards():
        for panel in board["panels"]:
            for target in panel.get("targets", ()):
                found[f"{board['title']}/{panel['title']}/{target['refId']}"] = target["expr"]
    return found


@pytest.mark.parametrize(("where", "expression"), expressions().items())
def test_an_expression_names_what_is_measured(where: str, expression: str) -> None:
    assert set(_WORD.findall(expression)) <= exposed(), where
    assert _WORD.search(expression) or "up{" in expression
    for grouped in re.findall(r"\bby \(([^)]*)\)", expression):
        assert {name.strip() for name in grouped.split(",")} <= labels(), where
    for matched in re.findall(r"(\w+)(?:=~|!~|!=|=)\"", expression):
        assert matched in labels(), where
    for opening, closing in ("()", "[]", "{}"):
        assert expression.count(opening) == expression.count(closing)


def test_what_runbooks_name_is_measured() -> None:
    known = exposed() | set(measures.CATALOG.by_name)
    for page in _RUNBOOKS.glob("*.md"):
        assert set(_WORD.findall(page.read_text())) <= known, page.name


def test_every_metric_is_on_a_dashboard() -> None:
    shown = " ".join(
        target["expr"] for board in boards() for panel in board["panels"] for target in panel.get("targets", ())
    )
    missing = [name for name in measures.CATALOG.by_name if name not in shown]
    assert not missing


def test_dashboards_are_as_they_are_generated() -> None:
    assert {path.name: path.read_text() for path in dashboards.FOLDER.glob("*.json")} == dashboards.files()


@pytest.mark.parametrize("board", boards(), ids=lambda board: board["uid"])
def test_grafana_can_load_a_dashboard(board: dict[str, Any]) -> None:
    """What Grafana's schema of a dashboard asks for: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/."""
    kinds = {
        "uid": str,
        "title": str,
        "tags": list,
        "schemaVersion": int,
        "panels": list,
        "templating": dict,
        "time": dict,
    }
    assert all(isinstance(board[name], kind) for name, kind in kinds.items())
    assert re.fullmatch(r"[a-zA-Z0-9_-]{1,40}", board["uid"])
    variables = {variable["name"] for variable in board["templating"]["list"]}
    assert Counter(panel["id"] for panel in board["panels"]).most_common(1)[0][1] == 1
    taken: set[tuple[int, int]] = set()
    for panel in board["panels"]:
        place = panel["gridPos"]
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert place["x"] + place["w"] <= 24
        assert not cells & taken, f"{panel['title']} covers another panel"
        taken |= cells
        if panel["type"] == "row":
            continue
        assert panel["type"] in {"timeseries", "stat"}
        assert panel["targets"]
        assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])
        used = re.findall(r"\$\{?(\w+)", json.dumps(panel))
        assert set(used) <= variables | {"__rate_interval"}


def test_alert_rules_are_complete() -> None:
    names = [rule["alert"] for rule in rules()]
    assert len(set(names)) == len(names)
    for rule in rules():
        assert re.fullmatch(r"\d+[smh]", rule["for"])
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"]["summary"]
        page = _ROOT / rule["annotations"]["runbook"]
        assert f"`{rule['alert']}`" in _alarms_of(page), f"{page.name} is not about {rule['alert']}"


def test_promtool_accepts_the_rules() -> None:
    if (program := shutil.which("promtool")) is None:
        pytest.skip("promtool is not installed (Debian: prometheus)")
    done = subprocess.run(
        [program, "check", "rules", str(_ALERTS)], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"SUCCESS: {len(rules())} rules found" in done.stdout


def _alarms_of(page: Path) -> str:
    return next(line for line in page.read_text().splitlines() if line.startswith("Alarms: "))


def cloudwatch_alarms() -> set[str]:
    """The alarms of terraform; those made for each namespace without its name."""
    text = (_TERRAFORM / "main.tf").read_text()
    fixed = re.findall(r'^    "([a-z-]+)" = \{$', text, re.MULTILINE)
    made = re.findall(r'"((?:function|consumer)-\$\{namespace\}-[a-z]+)" (?:=>?) \{|=> \{', text)
    each = re.findall(r'"((?:function|consumer)-)\$\{namespace\}-([a-z]+)"', text)
    assert made
    return {*fixed, *("".join(parts) for parts in each)}


def test_every_alarm_has_exactly_one_runbook() -> None:
    pages = [page for page in _RUNBOOKS.glob("*.md") if page.name != "README.md"]
    named = Counter(name for page in pages for name in re.findall(r"`([\w-]+)`", _alarms_of(page)))
    wanted = {rule["alert"] for rule in rules()} | cloudwatch_alarms()
    assert len(cloudwatch_alarms()) >= 15
    assert set(named) == wanted
    assert set(named.values()) == {1}
    index = (_RUNBOOKS / "README.md").read_text()
    for page in pages:
        for name in re.findall(r"`([\w-]+)`", _alarms_of(page)):
            assert re.search(rf"`{name}` \| \[[^\]]+\]\({page.name}\)", index), f"{name} in the index"


def test_cloudwatch_is_asked_for_metrics_that_functions_give() -> None:
    telemetry = (_ROOT / "layers/aws_telemetry.py").read_text() + (_ROOT / "functions/aws.py").read_text()
    given = set(re.findall(r'(?:add_metric|count)\("(\w+)"', telemetry)) | set(
        re.findall(r', "(\w+)", "\w+"\),', telemetry)
    )
    text = "".join(path.read_text() for path in _TERRAFORM.glob("*.tf"))
    asked = set(re.findall(r'\["Cirrusgram", "(\w+)"', text)) | set(
        re.findall(r'namespace = "Cirrusgram", metric = "(\w+)"', text)
    )
    assert asked
    assert asked <= given


def test_links_between_runbooks_lead_somewhere() -> None:
    for page in _RUNBOOKS.glob("*.md"):
        for target in re.findall(r"\]\(([\w-]+\.md)\)", page.read_text()):
            assert (_RUNBOOKS / target).exists(), f"{page.name} → {target}"
