"""What is done with an evidence file in a process of its own, where it can harm nobody.

Everything here imports only the standard library and olefile, and its siblings by relative imports: the
child finds this folder by its path and must not load the bot (or what it costs) to look at one file.
"""
