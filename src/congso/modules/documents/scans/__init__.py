"""Paper that is scanned: taken as one stack, parted into papers, straightened, read, and entered one by one.

Until the words of all pages have passed the guard against secrets, a stack exists only as cipher: the bytes in the
storage under ``passing/``, which no backup takes, the key in its row. What is refused is made unreadable by forgetting
the key.
"""
