"""The use cases: read what is needed, let the judges sit, make the report. Decides nothing itself."""
