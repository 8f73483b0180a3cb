{% if execute %}{{ exceptions.raise_contract_error([{'name': 'a', 'data_type': 'int', 'formatted': 'a int'}], [{'name': 'a', 'data_type': 'text', 'formatted': 'a text'}]) }}{% endif %}
