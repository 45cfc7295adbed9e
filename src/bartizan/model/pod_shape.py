"""The shape of a pod template: the fields that checks read, as the core/v1 API types them."""

from bartizan.model.shape import (
    ANY,
    FLAG,
    QUANTITY,
    TEXT,
    TEXT_MAP,
    TEXTS,
    WHOLE,
    WHOLE_OR_TEXT,
    Fields,
    ListOf,
    MapOf,
)

_SELINUX = Fields({"level": TEXT, "role": TEXT, "type": TEXT, "user": TEXT})
_PROFILE = Fields({"type": TEXT, "localhostProfile": TEXT})
_WINDOWS = Fields({"hostProcess": FLAG, "runAsUserName": TEXT})
_CONTAINER_SECURITY = Fields(
    {
        "allowPrivilegeEscalation": FLAG,
        "appArmorProfile": _PROFILE,
        "capabilities": Fields({"add": TEXTS, "drop": TEXTS}),
        "privileged": FLAG,
        "procMount": TEXT,
        "readOnlyRootFilesystem": FLAG,
        "runAsGroup": WHOLE,
        "runAsNonRoot": FLAG,
        "runAsUser": WHOLE,
        "seLinuxOptions": _SELINUX,
        "seccompProfile": _PROFILE,
        "windowsOptions": _WINDOWS,
    }
)
_POD_SECURITY = Fields(
    {
        "appArmorProfile": _PROFILE,
        "fsGroup": WHOLE,
        "runAsGroup": WHOLE,
        "runAsNonRoot": FLAG,
        "runAsUser": WHOLE,
        "seLinuxOptions": _SELINUX,
        "seccompProfile": _PROFILE,
        "supplementalGroups": ListOf(WHOLE),
        "sysctls": ListOf(Fields({"name": TEXT, "value": TEXT})),
        "windowsOptions": _WINDOWS,
    }
)
_HANDLER = {
    "exec": Fields({"command": TEXTS}),
    "grpc": Fields({"port": WHOLE, "service": TEXT}),
    "httpGet": Fields(
        {
            "host": TEXT,
            "httpHeaders": ListOf(Fields({"name": TEXT, "value": TEXT})),
            "path": TEXT,
            "port": WHOLE_OR_TEXT,
            "scheme": TEXT,
        }
    ),
    "tcpSocket": Fields({"host": TEXT, "port": WHOLE_OR_TEXT}),
}
_PROBE = Fields(_HANDLER)
_LIFECYCLE = Fields(dict.fromkeys(("postStart", "preStop"), Fields(_HANDLER | {"sleep": ANY})))
_ENV_SOURCE = Fields({"name": TEXT, "key": TEXT, "optional": FLAG})
_ENV = Fields(
    {
        "name": TEXT,
        "value": TEXT,
        "valueFrom": Fields({"secretKeyRef": _ENV_SOURCE, "configMapKeyRef": _ENV_SOURCE}),
    }
)
_RESOURCES = Fields({"limits": MapOf(QUANTITY), "requests": MapOf(QUANTITY)})
_CONTAINER = Fields(
    {
        "args": TEXTS,
        "command": TEXTS,
        "env": ListOf(_ENV),
        "envFrom": ListOf(Fields({"secretRef": _ENV_SOURCE, "configMapRef": _ENV_SOURCE})),
        "image": TEXT,
        "imagePullPolicy": TEXT,
        "lifecycle": _LIFECYCLE,
        "livenessProbe": _PROBE,
        "name": TEXT,
        "ports": ListOf(
            Fields({"containerPort": WHOLE, "hostIP": TEXT, "hostPort": WHOLE, "name": TEXT, "protocol": TEXT})
        ),
        "readinessProbe": _PROBE,
        "resources": _RESOURCES,
        "restartPolicy": TEXT,
        "securityContext": _CONTAINER_SECURITY,
        "startupProbe": _PROBE,
        "stdin": FLAG,
        "tty": FLAG,
        "volumeMounts": ListOf(
            Fields(
                {
                    "name": TEXT,
                    "mountPath": TEXT,
                    "mountPropagation": TEXT,
                    "readOnly": FLAG,
                    "recursiveReadOnly": TEXT,
                    "subPath": TEXT,
                    "subPathExpr": TEXT,
                }
            )
        ),
    }
)
_SOURCE = Fields({})
_NAMED = Fields({"name": TEXT, "optional": FLAG})
_PROJECTION = Fields(
    {
        "configMap": _NAMED,
        "secret": _NAMED,
        "serviceAccountToken": Fields({"audience": TEXT, "expirationSeconds": WHOLE, "path": TEXT}),
    }
)
_VOLUME = Fields(
    {
        "name": TEXT,
        **dict.fromkeys(("csi", "downwardAPI", "ephemeral", "image", "persistentVolumeClaim"), _SOURCE),
        "configMap": _NAMED,
        "emptyDir": Fields({"medium": TEXT, "sizeLimit": QUANTITY}),
        "hostPath": Fields({"path": TEXT, "type": TEXT}),
        "projected": Fields({"sources": ListOf(_PROJECTION)}),
        "secret": Fields({"optional": FLAG, "secretName": TEXT}),
    }
)
POD_SPEC = Fields(
    {
        "automountServiceAccountToken": FLAG,
        "containers": ListOf(_CONTAINER),
        "ephemeralContainers": ListOf(_CONTAINER),
        "hostAliases": ListOf(Fields({"hostnames": TEXTS, "ip": TEXT})),
        "hostIPC": FLAG,
        "hostNetwork": FLAG,
        "hostPID": FLAG,
        "hostUsers": FLAG,
        "initContainers": ListOf(_CONTAINER),
        "nodeName": TEXT,
        "nodeSelector": TEXT_MAP,
        "os": Fields({"name": TEXT}),
        "priorityClassName": TEXT,
        "resources": _RESOURCES,
        "restartPolicy": TEXT,
        "securityContext": _POD_SECURITY,
        "serviceAccount": TEXT,
        "serviceAccountName": TEXT,
        "shareProcessNamespace": FLAG,
        "tolerations": ListOf(Fields({"key": TEXT, "operator": TEXT, "effect": TEXT})),
        "volumes": ListOf(_VOLUME),
    }
)
METADATA = Fields(
    {
        "annotations": TEXT_MAP,
        "labels": TEXT_MAP,
        "name": TEXT,
        "generateName": TEXT,
        "namespace": TEXT,
    }
)
POD_TEMPLATE = Fields({"metadata": METADATA, "spec": POD_SPEC})
