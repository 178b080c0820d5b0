"""The list «Thử việc này» ticks itself."""

from congso.kernel.ids import new_id
from congso.shared.ui.demo import Demo, DemoRole, DemoStep


def role(step):
    return DemoRole(position_id=new_id(), step=step, title=f"Bước {step}", who="Lê Thị Mẫu")


def test_the_first_open_step_is_the_next():
    demo = Demo()
    for key, done in (("a", True), ("b", False), ("c", False)):
        demo.register_step(DemoStep(key=key, title=key, is_done=lambda done=done: done))

    assert [(step.is_done, step.is_next) for step in demo.shown_steps()] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_a_step_names_the_role_that_does_it():
    demo = Demo()
    demo.register_roles(lambda: [role(2), role(1)])
    demo.register_step(DemoStep(key="a", title="a", is_done=lambda: False, role_step=2))

    assert demo.shown_steps()[0].role.title == "Bước 2"


def test_roles_stand_in_the_order_of_the_story():
    demo = Demo()
    demo.register_roles(lambda: [role(2), role(1)])

    assert [found.step for found in demo.roles()] == [1, 2]
