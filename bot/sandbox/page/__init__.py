"""The sandbox's page: what people in the workspace see, in a browser."""
