"""Where the built files are asked for (``STORAGES["staticfiles"]``)."""

from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class BuiltFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Whitenoise's files with a hash in their name; each address is made once a process, as their list is read once."""

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002 - Django's signature
        return str(super().url(name, force)) if force else self._known(name)

    @cache  # noqa: B019 - one storage lives as long as the process
    def _known(self, name: str | None) -> str:
        return str(super().url(name))
