"""Posture rules: does a rule of the library find something in these objects, and do the checks that answer it?"""
