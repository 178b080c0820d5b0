"""Pages of the module: they translate HTTP and decide nothing."""
