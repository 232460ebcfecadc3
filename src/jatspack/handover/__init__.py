"""A bag -> a repository or store: one module per protocol, each handed the same Delivery.

A protocol is written once, against a Wire (wire.py): a Rehearsal prints what would be sent, a Line (http.py) sends it.
jatspack.depositing puts them together: bag, target, credentials, receipt.
"""
