"""A messenger of our own for closed networks: pages, a WebSocket, files, logins."""
