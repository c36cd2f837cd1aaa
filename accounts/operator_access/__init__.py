"""An operator looks into an area: for a reason, for hours, read only, and the area sees it."""
