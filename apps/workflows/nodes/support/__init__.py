"""Pure helpers that several node types share. Nothing here is a node type."""
