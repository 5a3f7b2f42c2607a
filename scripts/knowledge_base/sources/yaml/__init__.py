"""Read the strict YAML of the sources, and say what is wrong with it in words a maintainer can act on."""

from .reading import Location, Plain, YamlData, read_yaml

__all__ = ["Location", "Plain", "YamlData", "read_yaml"]
