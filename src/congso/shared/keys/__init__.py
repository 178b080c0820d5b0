"""Keys and certificates of persons and organs, and the training authority that issues them.

A private key rests sealed under the installation's master key and never leaves this package: callers hand in bytes and
get a signature. Whether a signature may be made is decided by who calls (``modules.signing`` after a confirmation with
a PIN, the journal's seal by itself). Every certificate says that it is for training only.
"""
