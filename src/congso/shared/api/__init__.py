"""What the API's parts share: its schemas' base, lists, keys of presses. No tables; ``portals.api`` makes the site."""
