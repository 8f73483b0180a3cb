select {{ cents_to_dollars('amount', digit=3) }} as amount
