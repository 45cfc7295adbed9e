"""YAML scalars and structures: does the reader see what kubectl sees?"""
