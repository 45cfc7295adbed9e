"""YAML and JSON text to plain values, with the place of each in the text. Pure: text in, values out.

Start at :func:`bartizan.documents.reader.read`. Values are what kubectl would send to the API server;
:mod:`.marks` says where in the text they stand; :mod:`.path` writes and reads the path of a value.
"""
