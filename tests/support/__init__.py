"""What tests share: a browser to see pages with, a server to see them from."""
