"""pmrehearse: rehearse spoken product-manager interviews on this computer."""

__version__ = "0.1.0"
