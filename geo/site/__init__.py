"""The ledger as plain files for any web host: map, pages, cards, feeds, data."""
