"""Two builds side by side: which editions changed, and how."""
