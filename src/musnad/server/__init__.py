"""HTTP: every IRI of the dataset, and a SPARQL endpoint.

`app.make_app` builds the application, `listen.serve` runs it, `queries.run_query` answers one query without
it. Nothing is imported here, so that a query worker starts without the web framework.
"""
