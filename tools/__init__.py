"""Generators, the lab and release helpers. Bartizan itself never imports anything from here."""
