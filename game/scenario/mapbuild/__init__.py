"""Builds hex maps from public geography: see `build.build_map`. Needs the extra `geo` (shapely)."""
