"""One folder, one subject, whole. A module imports another only by its ``public``."""
