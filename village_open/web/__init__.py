"""The one adapter to the browser: routes that say who may see them, headers, errors, forms, pages."""
