"""The real app in a real Chromium."""
