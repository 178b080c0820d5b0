"""The demo's door: roles to step into with one click, and the list «Thử việc này» that ticks itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRole:
    """One way in.

    :param step: its place in the story, from 1.
    :param title: what one does there («Soạn kế hoạch, trình xem xét»).
    :param who: name, position and organ, as printed under it.
    """

    position_id: UUID
    step: int
    title: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoStep:
    """One thing to try; ``is_done`` asks the records, nothing is ticked by hand.

    :param role_step: the ``DemoRole.step`` that does it; None if anybody can.
    """

    key: str
    title: str | Promise
    is_done: Callable[[], bool]
    hint: str | Promise = ""
    role_step: int | None = None


@dataclass(frozen=True, slots=True)
class ShownStep:
    title: str | Promise
    hint: str | Promise
    is_done: bool
    is_next: bool
    role: DemoRole | None


@dataclass
class Demo:
    """The registry; a test builds its own."""

    roles_providers: list[Callable[[], list[DemoRole]]] = field(default_factory=list)
    steps: dict[str, DemoStep] = field(default_factory=dict)

    def register_roles(self, provider: Callable[[], list[DemoRole]]) -> None:
        """Add the roles of the door; asked when the page is drawn. Called from ``AppConfig.ready``."""
        if provider not in self.roles_providers:
            self.roles_providers.append(provider)

    def register_step(self, step: DemoStep) -> None:
        """Add a step of the list, in order. Called from ``AppConfig.ready``; safe to repeat."""
        self.steps[step.key] = step

    def roles(self) -> list[DemoRole]:
        found = [role for provider in self.roles_providers for role in provider()]
        return sorted(found, key=lambda role: role.step)

    def shown_steps(self) -> list[ShownStep]:
        """Return the steps with what is done; the first open one is the next."""
        roles = {role.step: role for role in self.roles()}
        shown: list[ShownStep] = []
        has_next = False
        for step in self.steps.values():
            is_done = step.is_done()
            role = roles.get(step.role_step) if step.role_step else None
            shown.append(ShownStep(step.title, step.hint, is_done, not is_done and not has_next, role))
            has_next = has_next or not is_done
        return shown


DEMO = Demo()
register_roles = DEMO.register_roles
register_step = DEMO.register_step
