"""What people do in chat, knowing no messenger."""
