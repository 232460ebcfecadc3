"""Words of human languages, as data: one TOML file per language beside this module."""
