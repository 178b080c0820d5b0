"""Modules keep to themselves: keys, queues, names, and a new one costs one line elsewhere."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from procrastinate.contrib.django import app

from congso.ops.worker import lane_of, periodic_queues

ROOT = Path(__file__).resolve().parents[2]
HOW_TO = ROOT / "docs" / "howto" / "add-a-module.md"
OURS = [
    config for config in apps.get_app_configs() if config.name.startswith("congso.") and ".tests" not in config.name
]
OUR_MODELS = [model for config in OURS for model in config.get_models()]


def is_shared(model: type[models.Model]) -> bool:
    return apps.get_app_config(model._meta.app_label).name.startswith("congso.shared.")


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_a_foreign_key_points_into_shared_or_stays_at_home(model):
    strangers = [
        f"{field.name} → {field.related_model._meta.label}"
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model._meta.app_label != model._meta.app_label
        and not is_shared(field.related_model)
    ]

    assert strangers == []


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_a_foreign_key_protects_what_it_points_to(model):
    careless = [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.SET_NULL
    ]

    assert careless == []


def test_the_label_of_an_app_is_its_folder():
    assert [config.name for config in OURS if config.label != config.name.rsplit(".", 1)[1]] == []


def test_every_queue_is_served():
    wanted = {task.queue for task in app.tasks.values() if not task.name.startswith("builtin")}
    backlog = lane_of(app, defers_periodic=False)

    assert wanted
    # The backlog's lane asks for no queue by name, so it takes them all; it knows every task.
    assert {task.queue for task in backlog.tasks.values()} >= wanted
    assert periodic_queues(app) <= wanted


def test_periodic_jobs_share_no_queue_with_others():
    periodic = {entry.task.name for entry in app.periodic_registry.periodic_tasks.values()}
    queues = periodic_queues(app)

    assert [task.name for task in app.tasks.values() if task.queue in queues and task.name not in periodic] == []


def test_the_name_of_a_task_begins_with_its_app():
    labels = {config.label for config in OURS}
    ours = {name for name, task in app.tasks.items() if task.func.__module__.startswith("congso.")}

    assert [name for name in ours if name.split(".")[0] not in labels] == []


class TestHowToAddAModule:
    @pytest.fixture
    def checkout(self, tmp_path: Path) -> Path:
        """A copy of the code, in which the how-to was followed to the letter."""
        shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "built"))
        shutil.copy(ROOT / "pyproject.toml", tmp_path)
        text = HOW_TO.read_text()
        folder = tmp_path / "src" / "congso" / "modules" / "notebooks"
        for name, content in re.findall(r"```python file=(\S+)\n(.*?)```", text, re.DOTALL):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content)
        line = re.search(r"```python line\n(.*?\n)```", text, re.DOTALL)
        settings = tmp_path / "src" / "congso" / "config" / "settings" / "base.py"
        before, after = settings.read_text().split("    # modules: one line each\n")
        assert line is not None
        settings.write_text(f"{before}    # modules: one line each\n{line[1]}{after}")
        return tmp_path

    def run(self, checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
        python = [sys.executable, "-W", "ignore", "-m", *command]
        environment = {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "PYTHONPATH": str(checkout / "src"),
            "DJANGO_SETTINGS_MODULE": "congso.config.settings.test",
            "CONGSO_DATA": str(checkout / "data"),
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        }
        return subprocess.run(python, cwd=checkout, env=environment, capture_output=True, text=True, check=False)

    def test_only_one_line_changed_outside_of_its_folder(self, checkout):
        compared = subprocess.run(
            ["diff", "-r", "-x", "__pycache__", "-x", "built", ROOT / "src", checkout / "src"],
            capture_output=True,
            text=True,
            check=False,
        )

        lines = [line for line in compared.stdout.splitlines() if line[:1] in "<>"]
        assert lines == ['>     "congso.modules.notebooks",']
        assert "modules: notebooks" in compared.stdout

    def test_the_site_takes_it(self, checkout):
        checked = self.run(checkout, "django", "check")

        assert checked.returncode == 0, checked.stderr

    def test_its_code_is_in_style(self, checkout):
        module = str(checkout / "src" / "congso" / "modules" / "notebooks")

        for check in (["check"], ["format", "--check"]):
            done = self.run(checkout, "ruff", *check, "--no-cache", module)
            assert done.returncode == 0, done.stdout

    def test_the_contracts_of_layers_hold(self, checkout):
        done = self.run(checkout, "importlinter.cli", "lint", "--no-cache")

        assert done.returncode == 0, done.stdout
