"""What has to be fast, measured side by side with a floor: see README.md."""
