"""What all screens share: shells, components, the template library ``ui``, and the registries that modules fill.

Modules add themselves in ``AppConfig.ready``: places in the side bar (``navigation``), things to do (``work``), and the
demo's roles and steps (``demo``). ``docs/howto/write-a-screen.md`` shows a whole screen.
"""
