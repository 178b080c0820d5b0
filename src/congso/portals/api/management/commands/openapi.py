"""Write the description of the API down: ``docs/openapi.v1.json`` is this command's output."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from congso.portals.api.site import API


class Command(BaseCommand):
    help = "Print the description of the API (OpenAPI 3.1)."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(json.dumps(API.get_openapi_schema(), ensure_ascii=False, indent=1))
