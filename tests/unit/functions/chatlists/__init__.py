"""Shared folders: https://core.telegram.org/api/folders#shared-folders."""
