"""A year's papers for the bench ``documents``: what they say, who works on them, and the reference beside them.

``office`` and ``reference`` are programs of their own, so that both have all cores; ``crews`` starts and times them.
"""
