"""A private, offline guide for a person with back pain."""

__version__ = "0.1.0"
