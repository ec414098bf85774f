"""Messages: accounts, inbox, conversations and drawn screens, outbox, errands, and the web chats."""
