"""The officials' site: the front door, «Việc của tôi», the menu, search, and the demo's list of things to try."""
