"""The commands: options in, one call to the core, one print."""
