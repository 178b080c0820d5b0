"""What every module stands on; it never imports a module, and offers registries that modules fill in ``ready()``."""
