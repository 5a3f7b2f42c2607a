"""Read the article out of a saved web page, whatever system the newspaper or portal runs on."""
