"""Who may do what: RBAC resolved from roles and bindings to subject, verb and resource."""
