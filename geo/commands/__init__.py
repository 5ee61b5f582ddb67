"""The commands, a module for each group; geo/__main__.py runs them."""
