"""The world outside the workspace: browsers, the networks' share pages, crawlers. Nothing real is ever asked."""
