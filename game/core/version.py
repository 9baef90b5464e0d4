"""The version of the program: part of every save, replay and manifest."""

VERSION = "0.1.0"
