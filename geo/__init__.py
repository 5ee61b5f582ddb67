"""Who claims what: dated, sourced statements on control of places, resolved by day."""

__version__ = "0.1.0"
