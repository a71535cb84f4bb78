{{- define "weir.image" -}}
{{- $registry := .root.Values.images.registry -}}
{{- if $registry }}{{ $registry }}/{{ end }}{{ .name }}:{{ .root.Values.images.tag }}
{{- end }}
