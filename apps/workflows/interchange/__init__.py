"""Workflows coming in and going out: our own export, n8n's, and bundles of them. Pure.

``importing.import_documents`` is the door; ``own_format.export_document`` the other one.
"""
